const leading = /^(\d{1,3}(?:\.\d{1,3})*)[.)]?(?::|\s|$)/
const named =
  /^(?:scenario|section|step|phase|layer|part|chapter|exercise|procedure|drill|appendix)\s+(\d{1,3}(?:\.\d{1,3})+)[.):]?(?:\s|$)/i

/** The section number that a heading is written with: `7.2` of "7.2 Minion logs", `1.4` of "Scenario 1.4: DNS". */
export const sectionNumber = (title: string): string | undefined =>
  (leading.exec(title) ?? named.exec(title))?.[1]
