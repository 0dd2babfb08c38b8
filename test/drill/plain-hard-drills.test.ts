import { playPlain } from './play-plain.ts'

playPlain(({ level }) => level > 2)
