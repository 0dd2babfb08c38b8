import { playDrills } from './play-drills.ts'

playDrills(({ world, level }) => world === 'mks' && level > 2)
