import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Files with a browser take all of a core that they get, others mostly wait: two of a kind side by side starve each other, or waste time. */
const hasBrowser = ({ moduleId }: TestSpecification) => /\/interop\/(page|browser)-/.test(moduleId)

/** The longest first, as ever, but those with a browser spread evenly among the others. */
export class MixedSequencer extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const spread = (some: readonly TestSpecification[]) =>
      some.map((file, index) => ({ file, at: (index + 0.5) / some.length }))
    const [browsers, others] = [sorted.filter(hasBrowser), sorted.filter((file) => !hasBrowser(file))]
    return [...spread(browsers), ...spread(others)].sort((a, b) => a.at - b.at).map(({ file }) => file)
  }
}
