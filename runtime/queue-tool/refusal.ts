/** Thrown where a safety brake holds; the message names the option that lifts it. */
export class Refusal extends Error {}
