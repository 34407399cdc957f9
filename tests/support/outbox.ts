import { mailedRequestsSettled } from '#server/domain/sign-in/mailed-requests';
import { plain, prisma } from '#server/platform/database';

/** What waits in the outbox for somebody, the newest first. */
export async function mailsTo(recipient: string) {
  await mailedRequestsSettled();
  return plain(await prisma.mail.findMany({ where: { recipient }, orderBy: { id: 'desc' } }));
}

/** The address and the secret in the link of the newest mail to somebody. */
export async function mailedLink(recipient: string): Promise<{ email: string; token: string; url: URL }> {
  const [mail] = await mailsTo(recipient);
  const link = /^https?:\S+$/m.exec(mail?.text ?? '')?.[0];
  if (!link) throw new Error(`no link was mailed to ${recipient}`);
  const url = new URL(link);
  return { email: url.searchParams.get('email') ?? '', token: url.searchParams.get('token') ?? '', url };
}
