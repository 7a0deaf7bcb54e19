import { execFileSync } from 'node:child_process'

/** Builds `dist` before the tests: some of them go through the package's own doors. */
export const setup = (): void => {
  execFileSync('npx', ['tsc', '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
}
