/** The name and the password that the registry of a site takes. */
export const siteLogin = { username: 'pull', password: 'pull' } as const

/** Whether a registry answers only those who log in: that of a site does. */
export const wantsLogin = (registry: string): boolean => registry.endsWith('.internal')

/** Whether a registry lets in who gives a name and a password joined by a colon, or nothing. */
export const letsIn = (registry: string, login: string | undefined): boolean =>
  !wantsLogin(registry) || login === `${siteLogin.username}:${siteLogin.password}`
