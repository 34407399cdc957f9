import { noteFailure, noteSent, type TakenMail, takeDueMails } from '#server/domain/mail/outbox';
import { onMailWritten } from '#server/domain/mail/write-mail';
import { mailedRequestsSettled } from '#server/domain/sign-in/mailed-requests';
import { closeTransport, mailTransport, sender } from '#server/jobs/mail/transport';
import { log } from '#server/platform/log';

/** Covers mails of other processes, those to be tried again, and settings that have come to name a server. */
const LOOK_EVERY_MS = 5_000;
const AT_ONCE = 5;

/** Sends what is in the outbox, as soon as it is written. Returns what stops it, after what is under way. */
export function startMailer(): () => Promise<void> {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  const ring = () => {
    again = true;
    if (stopped) return;
    running ??= work().finally(() => {
      running = null;
    });
  };
  const work = async () => {
    while (again && !stopped) {
      again = false;
      // a full hand means there may be more
      if ((await deliverDueMails()) === AT_ONCE) again = true;
    }
  };
  onMailWritten(ring);
  const timer = setInterval(ring, LOOK_EVERY_MS).unref();
  ring();
  return async () => {
    // what was asked for is written down before the database goes; it is sent after the next start
    await mailedRequestsSettled();
    stopped = true;
    clearInterval(timer);
    onMailWritten(() => {});
    await running;
    closeTransport();
  };
}

/** One look at the outbox; returns how many mails it took. Never throws: the next look tries again. */
export async function deliverDueMails(): Promise<number> {
  if (!mailTransport()) return 0;
  try {
    const mails = await takeDueMails(AT_ONCE);
    await Promise.all(mails.map(deliver));
    return mails.length;
  } catch (error) {
    log.error({ err: error }, 'could not look into the outbox');
    return 0;
  }
}

async function deliver(mail: TakenMail): Promise<void> {
  const failure = await send(mail);
  if (failure === null) return noteSent(mail);
  log.warn({ mail: mail.id, attempt: mail.attempts, reason: failure }, 'a mail could not be sent');
  await noteFailure(mail, failure);
}

/** Null if the mail server took it, otherwise what went wrong. */
async function send({ recipient, subject, text }: TakenMail): Promise<string | null> {
  try {
    await mailTransport()?.sendMail({
      from: sender(),
      // as an object, so that nothing in it is read as more addresses
      to: { name: '', address: recipient },
      subject,
      text,
      // so that no robot answers, and none is answered
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    });
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : 'unknown';
  }
}
