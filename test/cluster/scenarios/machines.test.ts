import { isElsewhere } from './groups.ts'
import { describeScenarios } from './play-scenarios.ts'

describeScenarios(isElsewhere)
