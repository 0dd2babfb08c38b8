import type { Tools } from '../tool.ts'
import { containers } from './containers.ts'
import { controllers } from './controllers.ts'
import { files } from './files.ts'
import { firewall } from './firewall.ts'
import { kubernetes } from './kubernetes.ts'
import { machine } from './machine.ts'
import { network } from './network.ts'
import { platforms } from './platforms.ts'
import { services } from './services.ts'
import { setup } from './setup.ts'
import { shells } from './shells.ts'
import { storage } from './storage.ts'
import { stores } from './stores.ts'
import { system } from './system.ts'
import { text } from './text.ts'
import { wrappers } from './wrappers.ts'

/** Every table of tools, one a family. */
export const toolTables: readonly Tools[] = [
  text,
  files,
  storage,
  system,
  machine,
  services,
  setup,
  network,
  firewall,
  kubernetes,
  platforms,
  containers,
  stores,
  controllers,
  shells,
  wrappers,
]
