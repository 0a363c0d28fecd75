// Writes what vitest found to the file named by TALLY: for each file of tests its project, how many tests passed and were
// skipped, and what failed with which words; and what went wrong outside any test. `npm test` counts by it.
import { writeFileSync } from 'node:fs'
import { relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'

export default class TallyReporter {
  onTestRunEnd(modules, unhandledErrors) {
    const files = modules.map((module) => {
      const tests = [...module.children.allTests()]
      const having = (state) => tests.filter((test) => test.result().state === state)
      const failed = having('failed').map((test) => ({
        test: test.fullName,
        said: said(test.result().errors),
      }))
      // A file that can't be loaded, or whose hooks fail, fails as a whole.
      const broken = module.state() === 'failed' && failed.length === 0
      return {
        file: relative(process.cwd(), module.moduleId),
        project: module.project.name,
        passed: having('passed').length,
        skipped: tests.length - having('passed').length - failed.length,
        failed: broken ? [{ said: said([...module.errors(), ...suiteErrors(module)]) }] : failed,
      }
    })
    writeFileSync(
      process.env.TALLY,
      JSON.stringify({ files, outside: unhandledErrors.map((one) => said([one])) }),
    )
  }
}

const suiteErrors = (module) => [...module.children.allSuites()].flatMap((suite) => suite.errors())

/** The beginning of what errors say, with what was expected beside what came. */
const said = (errors) =>
  stripVTControlCharacters(
    errors.map(({ message, diff, stack }) => [message, diff, stack].filter(Boolean).join('\n')).join('\n'),
  ).slice(0, 2000)
