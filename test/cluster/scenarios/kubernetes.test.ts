import { groups } from './groups.ts'
import { describeScenarios } from './play-scenarios.ts'

const names: ReadonlySet<string> = new Set(groups.kubernetes)

describeScenarios(name => names.has(name))
