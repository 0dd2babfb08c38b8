import { describeExecutor } from './conformance.ts'
import { openLocalTarget } from './local-target.ts'

describeExecutor({ name: 'local', open: async () => openLocalTarget() })
