import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Where the files are that take minutes though they are short: what is begun last should not be what all wait for. */
const longest = /\/test\/(drill|cluster\/scenarios)\//

/** Lets the files that take longest begin first, and the others in the usual order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const usual = await super.sort(files)
    const projects = [...new Set(usual.map(({ project }) => project))]
    return projects.flatMap(project => {
      const own = usual.filter(file => file.project === project)
      return [
        ...own.filter(({ moduleId }) => longest.test(moduleId)),
        ...own.filter(({ moduleId }) => !longest.test(moduleId)),
      ]
    })
  }
}
