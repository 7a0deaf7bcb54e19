import { Option } from 'commander'
import { isJsonObject, jsonOf } from '../../contracts/json.ts'
import { type EventType, eventTypes, isEventType } from '../../contracts/notifications.ts'
import { fill, list } from '../../contracts/texts.ts'
import { isGenuine } from '../authority/flaws.ts'
import { answerLimit, postTimed, saysFail } from '../callbacks/post.ts'
import { type CallbackFault, type FaultName, faultNames, faultOf } from '../faults/faults.ts'
import type { CommandLine } from './command-line.ts'
import { address, fail } from './input.ts'
import { triggerTexts } from './texts.ts'
import { UsageError } from './usage-error.ts'

type Flags = { to: string; dir: string; fault?: FaultName; resource?: Record<string, unknown> }

/** What can be wrong with a callback that stands alone: its signature, or how often it comes. */
type LoneFault = Extract<CallbackFault, { flaw: unknown } | { copies: unknown }>

const loneFaultOf = (name: FaultName): LoneFault | undefined => {
  const fault = faultOf(name)
  if (fault.on !== 'callback') return undefined
  return 'flaw' in fault.callback || 'copies' in fault.callback ? fault.callback : undefined
}

/** Posts one callback as WeChat Pay would, and says what the receiver made of it. */
const trigger = async (event: EventType, flags: Flags, { io, say }: CommandLine): Promise<void> => {
  const { to, dir, fault: name, resource = {} } = flags
  const { createNotificationMaker } = await import('../maker/notification-maker.ts')
  const maker = await createNotificationMaker({ dir })
  const fault = name && loneFaultOf(name)
  const flaw = fault && 'flaw' in fault ? fault.flaw : undefined
  const { copies, together } = fault && 'copies' in fault ? fault : { copies: 1, together: false }
  const { id, headers, body } = await maker.make(event, resource, flaw ? { flaw } : {})

  const send = async (): Promise<boolean> => {
    const posted = await postTimed({ to: new URL(to), headers, body, limit: answerLimit })
    const known = { event, id, to }
    if ('error' in posted) {
      io.stderr.write(`${say(fill(triggerTexts.unanswered, { ...known, reason: posted.error }))}\n`)
      return false
    }
    const { status, answer } = posted
    const isAccepted = status >= 200 && status < 300 && !saysFail(answer)
    io.stdout.write(`${say(fill(triggerTexts.answered, { ...known, status }))} ${answer}\n`)
    if (isAccepted === isGenuine(flaw)) return true
    const { acceptedForged, refusedGenuine } = triggerTexts
    io.stderr.write(`${say(isAccepted ? acceptedForged : refusedGenuine)}\n`)
    return false
  }

  const ended: boolean[] = []
  if (together) ended.push(...(await Promise.all(Array.from({ length: copies }, send))))
  else for (let sent = 0; sent < copies; sent += 1) ended.push(await send())
  if (!ended.every(Boolean)) io.exitCode = 1
}

const eventTypeOf = (name: string): EventType => {
  if (isEventType(name)) return name
  throw new UsageError(fill(triggerTexts.eventUnknown, { name, events: list(eventTypes) }))
}

/** Members of the resource, as JSON. */
const members = (text: string): Record<string, unknown> => {
  const value = jsonOf(text)
  if (isJsonObject(value)) return { ...value }
  throw new UsageError(triggerTexts.resourceExpected)
}

export const addTrigger = (commandLine: CommandLine): void => {
  const { program, say } = commandLine
  const texts = triggerTexts

  program
    .command('trigger')
    .description(say(texts.description))
    .argument('<event>', say(fill(texts.event, { events: list(eventTypes) })), eventTypeOf)
    .option('--to <url>', say(texts.to), address, 'http://127.0.0.1:8130/')
    .option('--dir <folder>', say(texts.dir), '.wechatpay-sandbox')
    .addOption(
      new Option('--fault <name>', say(texts.fault)).choices(
        faultNames.filter((name) => loneFaultOf(name) !== undefined),
      ),
    )
    .option('--resource <json>', say(texts.resource), members)
    .action((event: EventType, flags: Flags) =>
      trigger(event, flags, commandLine).catch(fail(commandLine)),
    )
}
