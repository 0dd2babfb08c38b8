import { procSys } from './proc-sys.ts'
import type { FileView } from './views.ts'

/** Every view, in no order that matters: their folders do not overlap. */
export const fileViews: readonly FileView[] = [procSys]
