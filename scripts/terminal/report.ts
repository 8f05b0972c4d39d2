import { createStyle, showsColour } from './style.ts'

/** Checks of a running desk, a line each, and how they went at the end. */
export function createReport() {
  const style = createStyle(showsColour(process.stdout))
  let failures = 0
  return {
    say(ok: boolean, name: string, detail: string | undefined): void {
      if (!ok) failures += 1
      console.log(`${ok ? style.green('ok    ') : style.red('FAILED')}  ${name}${detail === undefined ? '' : `: ${detail}`}`)
    },
    /** A check that was not tried, and why. */
    leaveOut(name: string, why: string): void {
      console.log(style.dim(`-       ${name}: ${why}`))
    },
    /** Ends the program: with `praise` where nothing failed, else with 1. */
    end(praise: string): never {
      const blame = `${failures} ${failures === 1 ? 'check' : 'checks'} failed: see what to do above.`
      console.log(`\n${failures === 0 ? style.green(praise) : style.red(blame)}`)
      process.exit(failures === 0 ? 0 : 1)
    },
  }
}
