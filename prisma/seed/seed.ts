// Fills an empty database with a small team's week, through the domain's own commands with the clock held in the
// past: what a demo shows is what the product does.
import { signUp } from '#server/domain/accounts/sign-up';
import { updateProfile } from '#server/domain/accounts/update-profile';
import { storeAvatar } from '#server/domain/avatars/store-avatar';
import { findPublicChannel } from '#server/domain/channels/public-channels';
import { syncPublicChannels } from '#server/domain/channels/sync-public-channels';
import { createPrivateChannel } from '#server/domain/conversations/create-private-channel';
import { openDirect } from '#server/domain/direct-messages/open-direct';
import { storeUpload } from '#server/domain/files/store-upload';
import type { Actor } from '#server/domain/kernel/actor';
import { deleteMessage } from '#server/domain/messages/delete-message';
import { editMessage } from '#server/domain/messages/edit-message';
import { postAsWebhook } from '#server/domain/messages/post-as-webhook';
import { sendMessage } from '#server/domain/messages/send-message';
import { setPinned } from '#server/domain/pins/set-pinned';
import { setReaction } from '#server/domain/reactions/set-reaction';
import { markRead } from '#server/domain/unreads/mark-read';
import { createWebhook } from '#server/domain/webhooks/create-webhook';
import { holdClock, now, releaseClock } from '#server/platform/clock';
import { prisma } from '#server/platform/database';
import { drawing, portrait } from './pictures.ts';
import {
  BIOS,
  COLOURS,
  type Line,
  type Member,
  PASSWORD,
  type Place,
  PROGRAMS,
  type Program,
  type Scene,
  SMALL_TALK,
  STORY,
  TEAM,
  VIEWER,
} from './story.ts';

const MINUTE = 60_000_000;
const DAY = 24 * 60 * MINUTE;
const OLDER_LINES = 600;

type Team = Record<Member, Actor>;

/** What the scenes happen to. */
type Stage = {
  team: Team;
  places: Map<string, number>;
  /** ids of the lines that others refer to, by their names */
  sent: Map<string, number>;
  bots: Map<Program, number>;
};

/** Refuses a database that people use already. Answers the account to sign in with. */
export async function seed(): Promise<{ username: string; password: string }> {
  if ((await prisma.account.count()) > 0)
    throw new Error('This database has accounts: only an empty one is filled.');
  const today = now();
  try {
    holdClock(today - 40 * DAY);
    await syncPublicChannels();
    const team = await signUpTeam();
    await olderTalk(team, today);
    const stage: Stage = { team, places: new Map(), sent: new Map(), bots: await installPrograms(team) };
    for (const scene of STORY) await play(scene, stage, today);
  } finally {
    releaseClock();
  }
  return { username: VIEWER, password: PASSWORD };
}

async function signUpTeam(): Promise<Team> {
  const team: Partial<Team> = {};
  for (const username of TEAM) {
    const device = { face: 'web', userAgent: null, ip: null } as const;
    const { account, session } = await signUp(
      { username, password: PASSWORD, confirmation: PASSWORD },
      device,
    );
    const { role } = await prisma.account.findUniqueOrThrow({
      where: { id: account.id },
      select: { role: true },
    });
    const actor: Actor = { accountId: account.id, username, role, sessionId: session.id, face: 'web' };
    team[username] = actor;
    const colour = COLOURS[username];
    await updateProfile(actor, { nameColor: colour, bio: BIOS[username] });
    if (colour)
      await storeAvatar(actor, { stream: bytes(await portrait(colour)), originalName: `${username}.jpg` });
  }
  return team as Team;
}

async function installPrograms(team: Team): Promise<Map<Program, number>> {
  const bots = new Map<Program, number>();
  for (const [name, channel] of Object.entries(PROGRAMS) as [Program, string][]) {
    const { id: conversationId } = await findPublicChannel(channel);
    bots.set(name, (await createWebhook(team[VIEWER], { name, conversationId })).webhook.id);
  }
  return bots;
}

async function olderTalk(team: Team, today: number): Promise<void> {
  const { id } = await findPublicChannel('general');
  for (let index = 0; index < OLDER_LINES; index++) {
    holdClock(today - 7 * DAY - (OLDER_LINES - index) * 71 * MINUTE);
    const actor = team[TEAM[(index * 5 + Math.floor(index / 3)) % TEAM.length] as Member];
    await sendMessage(actor, {
      conversationId: id,
      entries: [{ text: SMALL_TALK[(index * 7) % SMALL_TALK.length] }],
    });
  }
}

async function play(scene: Scene, stage: Stage, today: number): Promise<void> {
  const { team, places } = stage;
  const conversationId = await enter(scene.place, team, places, today - (scene.ago + 1) * MINUTE);
  for (const [index, line] of scene.lines.entries()) {
    const at = today - (scene.ago - index * scene.pace) * MINUTE;
    holdClock(Math.min(at, today - MINUTE));
    if (index === scene.unreadFrom) await readAll(team, conversationId);
    await say(line, stage, conversationId);
  }
  if (scene.unreadFrom === undefined) await readAll(team, conversationId);
}

async function enter(place: Place, team: Team, places: Map<string, number>, at: number): Promise<number> {
  if (typeof place === 'string') return (await findPublicChannel(place)).id;
  const key = JSON.stringify(place);
  const known = places.get(key);
  if (known) return known;
  holdClock(at);
  const id =
    'direct' in place
      ? await openDirect(
          team[place.direct[0] as Member],
          place.direct.map((name) => team[name].accountId),
        )
      : await foundPrivate(place.private, team);
  places.set(key, id);
  return id;
}

async function foundPrivate(name: string, team: Team): Promise<number> {
  const usernames = ['kofi', 'priya', 'tomas'];
  const channel = await createPrivateChannel(team[VIEWER], { name, usernames });
  return channel.id;
}

async function say(line: Line, stage: Stage, conversationId: number): Promise<void> {
  const { team, sent } = stage;
  const messageId = isProgram(line.by)
    ? await report(line.by, line, stage, conversationId)
    : await write(team[line.by], line, stage, conversationId);
  if (line.id) sent.set(line.id, messageId);
  for (const [emoji, ...names] of line.reactions ?? []) {
    for (const name of names) await setReaction(team[name], { messageId, emoji, on: true });
  }
  if (line.pinned) await setPinned(team[VIEWER], { messageId, pinned: true });
  if (isProgram(line.by)) return;
  if (line.edited) await editMessage(team[line.by], { messageId, text: line.edited });
  if (line.deleted) await deleteMessage(team[line.by], { messageId });
}

function isProgram(name: Line['by']): name is Program {
  return name in PROGRAMS;
}

async function report(name: Program, { text = '' }: Line, { bots }: Stage, conversationId: number) {
  const bot = { webhookId: bots.get(name) ?? 0, name, conversationId };
  return (await postAsWebhook(bot, { text })).id;
}

async function write(actor: Actor, line: Line, { sent }: Stage, conversationId: number): Promise<number> {
  const fileIds = await Promise.all(
    (line.pictures ?? []).map(async (name) => {
      const stream = bytes(await drawing(name));
      return (await storeUpload(actor, { stream, originalName: `${name}.jpg` })).id;
    }),
  );
  const [message] = await sendMessage(actor, {
    conversationId,
    entries: [{ text: line.text, fileIds }],
    replyToId: line.replyTo ? sent.get(line.replyTo) : undefined,
    threadRootId: line.thread ? sent.get(line.thread) : undefined,
    alsoInChannel: line.also,
  });
  if (!message) throw new Error('a line of the story was not stored');
  return message.id;
}

async function readAll(team: Team, conversationId: number): Promise<void> {
  const members = await prisma.membership.findMany({
    where: { conversationId },
    select: { accountId: true },
  });
  for (const { accountId } of members) {
    const actor = Object.values(team).find((member) => member.accountId === Number(accountId));
    if (actor) await markRead(actor, { conversationId });
  }
}

async function* bytes(buffer: Buffer): AsyncGenerator<Uint8Array> {
  yield buffer;
}
