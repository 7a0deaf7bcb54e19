/** What was sent, and what came back; `entry` is its number in the sandbox's journal. */
export type CheckEvidence = { sent: string; got: string; entry?: number }
