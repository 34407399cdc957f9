import { applySent } from '#app/_live/apply-outbox.ts';
import type { Backend, Failure } from '#app/_live/backend.ts';
import type { PendingMessage } from '#app/_live/model.ts';
import type { LiveState } from '#app/_live/state.ts';
import type { Keep } from '#app/_live/storage.ts';
import type { Store } from '#app/_live/store.ts';

const PREFIX = 'outbox:';
const BACKOFF_MS = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000];

export type Outbox = {
  /** takes up what an earlier page left unsent */
  restore: () => void;
  add: (message: Omit<PendingMessage, 'state' | 'problem' | 'sentSeq'>) => void;
  /** sends a refused message once more, under the same key */
  retry: (clientKey: string) => void;
  discard: (clientKey: string) => void;
  /** the connection is back: whatever waits is tried at once */
  wake: () => void;
};

type Needs = {
  store: Store<LiveState>;
  keep: Keep;
  send: Backend['send'];
  failureOf: (error: unknown) => Failure;
  onSignedOut: () => void;
};

/**
 * Sends what was written, one message at a time per conversation and in order. A message that could not be delivered
 * waits and is tried again under the same key, so that an answer lost on the way back can't double it; one that was
 * refused stays until somebody decides, and lets the next ones pass. Everything unsent survives a reload.
 */
export function createOutbox(needs: Needs): Outbox {
  const { store, keep } = needs;
  const busy = new Set<number>();
  const waits = new Map<number, { timer: ReturnType<typeof setTimeout>; go: () => void }>();

  const change = (clientKey: string, to: Partial<PendingMessage>) =>
    store.update((state) => ({
      ...state,
      outbox: state.outbox.map((pending) =>
        pending.clientKey === clientKey ? { ...pending, ...to } : pending,
      ),
    }));

  const remove = (clientKey: string) => {
    keep.write(PREFIX + clientKey, null);
    store.update((state) => ({
      ...state,
      outbox: state.outbox.filter((pending) => pending.clientKey !== clientKey),
    }));
  };

  const nextOf = (conversationId: number) =>
    store
      .get()
      .outbox.find(
        (pending) =>
          pending.conversationId === conversationId &&
          (pending.state === 'waiting' || pending.state === 'sending'),
      );

  const pause = (conversationId: number, attempt: number) =>
    new Promise<void>((resolve) => {
      const go = () => {
        clearTimeout(waits.get(conversationId)?.timer);
        waits.delete(conversationId);
        resolve();
      };
      const ms = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] as number;
      waits.set(conversationId, { timer: setTimeout(go, ms), go });
    });

  async function drain(conversationId: number) {
    if (busy.has(conversationId)) return;
    busy.add(conversationId);
    let attempt = 0;
    for (let pending = nextOf(conversationId); pending; pending = nextOf(conversationId)) {
      const failure = await attemptSend(pending);
      if (failure?.kind === 'signed_out') break;
      if (failure?.kind === 'passing') await pause(conversationId, attempt++);
      else attempt = 0;
    }
    busy.delete(conversationId);
  }

  async function attemptSend(pending: PendingMessage): Promise<Failure | null> {
    const { clientKey, conversationId, text, files, replyToId, threadRootId, alsoInChannel } = pending;
    change(clientKey, { state: 'sending' });
    try {
      const fileIds = files.map((file) => file.id);
      const messages = await needs.send({
        conversationId,
        text,
        fileIds,
        replyToId,
        threadRootId,
        alsoInChannel,
        clientKey,
      });
      keep.write(PREFIX + clientKey, null);
      store.update((state) => applySent(state, clientKey, messages));
      return null;
    } catch (error) {
      const failure = needs.failureOf(error);
      if (failure.kind === 'refused') change(clientKey, { state: 'refused', problem: failure.reason });
      else change(clientKey, { state: 'waiting' });
      if (failure.kind === 'signed_out') needs.onSignedOut();
      return failure;
    }
  }

  return {
    restore() {
      const known = new Set(store.get().outbox.map((pending) => pending.clientKey));
      const restored = keep
        .keys()
        .filter((key) => key.startsWith(PREFIX))
        .map((key) => keep.read(key))
        .filter(isPending)
        .filter((pending) => !known.has(pending.clientKey))
        .sort((a, b) => a.writtenAt - b.writtenAt)
        .map(
          (pending): PendingMessage => ({
            ...outsideOfThreads,
            ...pending,
            state: 'waiting',
            problem: null,
            sentSeq: 0,
          }),
        );
      if (restored.length === 0) return;
      store.update((state) => ({ ...state, outbox: [...restored, ...state.outbox] }));
      for (const id of new Set(restored.map((pending) => pending.conversationId))) void drain(id);
    },
    add(message) {
      const pending: PendingMessage = { ...message, state: 'waiting', problem: null, sentSeq: 0 };
      keep.write(PREFIX + pending.clientKey, pending);
      store.update((state) => ({ ...state, outbox: [...state.outbox, pending] }));
      void drain(pending.conversationId);
    },
    retry(clientKey) {
      const pending = store.get().outbox.find((other) => other.clientKey === clientKey);
      if (pending?.state !== 'refused') return;
      change(clientKey, { state: 'waiting', problem: null });
      void drain(pending.conversationId);
    },
    discard: remove,
    wake() {
      for (const wait of [...waits.values()]) wait.go();
    },
  };
}

/** What older versions of this page kept knows of no threads. */
const outsideOfThreads = { threadRootId: null, alsoInChannel: false };

/** Storage is shared with older versions of this page: what does not look like a message is left alone. */
function isPending(value: unknown): value is PendingMessage {
  const pending = value as Partial<PendingMessage> | null;
  return (
    typeof pending?.clientKey === 'string' &&
    typeof pending.conversationId === 'number' &&
    typeof pending.text === 'string' &&
    typeof pending.writtenAt === 'number' &&
    Array.isArray(pending.files)
  );
}
