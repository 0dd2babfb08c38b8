export { readSize, readTime } from './kinds/amounts.ts'
export type { OwnKeys } from './kinds/keys.ts'
export type { SecretPattern } from './kinds/patterns.ts'
export {
  type Effective,
  mergeSettings,
  type Origin,
  type WrongSetting,
} from './merge-settings.ts'
export { readSettingsFile, type SettingsFile } from './read-settings-file.ts'
export { settingsSchema } from './settings-schema.ts'
export { type SettingName, type Settings, settingNames, settingOf, variableOf } from './settings-table.ts'
export { starterText } from './starter-text.ts'
