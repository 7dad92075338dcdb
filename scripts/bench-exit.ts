/** Loaded before a measured program: when it ends, its processor time and its largest memory are in the file `BENCH_RESULT`. */
import { writeFileSync } from 'node:fs'

process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  const cost = { processor: (userCPUTime + systemCPUTime) / 1000, megabytes: Math.round(maxRSS / 1024) }
  writeFileSync(process.env.BENCH_RESULT ?? '', JSON.stringify(cost))
})
