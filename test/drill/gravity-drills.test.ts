import { playDrills } from './play-drills.ts'

playDrills(({ world }) => world === 'gravity')
