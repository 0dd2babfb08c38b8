import { proc } from './proc.ts'
import { procSys } from './proc-sys.ts'
import type { FileView } from './views.ts'

/** Every view. Where one lies within another the narrower counts. */
export const fileViews: readonly FileView[] = [proc, procSys]
