import { forgetPublicChannels } from '#server/domain/channels/public-channels';
import type { DomainEvent } from '#server/domain/kernel/events';
import { forgetSessions } from '#server/domain/sessions/actor-of-session-token';
import { knownSessions } from '#server/domain/sessions/known-sessions';
import { forgetWebhooks } from '#server/domain/webhooks/webhook-of-token';

/** Drops what this process has in memory and an event, perhaps another process's, has made untrue. */
export function forgetOutdated(event: DomainEvent): void {
  switch (event.type) {
    case 'session_ended':
      forgetSessions(event.sessionIds);
      if (event.tokens) knownSessions.forgetAccount(event.accountId);
      break;
    case 'account_changed':
    case 'account_deleted':
      knownSessions.forgetAccount(event.accountId);
      break;
    case 'conversation_deleted':
      forgetWebhooks();
      forgetPublicChannels();
      break;
    case 'conversation_created':
    case 'conversation_changed':
      forgetPublicChannels();
      break;
    case 'webhook_deleted':
      forgetWebhooks();
      break;
  }
}
