import { isRefusal } from '#server/domain/kernel/refusal';

/** `kind/reason` of the refusal that some work ends with; fails when it does not refuse. */
export async function refusalOf(work: Promise<unknown>): Promise<string> {
  try {
    await work;
  } catch (error) {
    if (isRefusal(error)) return `${error.kind}/${error.reason}`;
    throw error;
  }
  throw new Error('it was not refused');
}
