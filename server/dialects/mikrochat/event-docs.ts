/** What the reference says about the stream: its frames are no schema of a call. */
export const EVENT_DOCS = `
Server-sent events: \`data: {"type": …, "payload": …}\`, without \`event:\` lines. \`CONNECTED\` comes first
(\`message\`, \`timestamp\`, \`userId\`, \`connectionId\`); a comment every 15 seconds keeps the line open. What I do myself
comes back to me as well.

To everybody who may see the channel: \`NEW_MESSAGE\` and \`UPDATE_MESSAGE\` (a Message), \`DELETE_MESSAGE\` (\`id\`,
\`channelId\`), \`NEW_THREAD_REPLY\` (\`parentMessageId\`, \`channelId\`, \`reply\`, \`threadMeta\`), \`UPDATE_THREAD_REPLY\` (a
Message), \`DELETE_THREAD_REPLY\` (\`id\`, \`threadId\`, \`channelId\`, \`threadMeta\`, null when no reply remains),
\`NEW_REACTION\` and \`DELETE_REACTION\` (\`messageId\`, \`userId\`, \`reaction\`), \`NEW_CHANNEL\` and \`UPDATE_CHANNEL\` (a
Channel), \`DELETE_CHANNEL\` (\`id\`, \`name\`).

To the two people of a conversation: \`NEW_CONVERSATION\` (\`id\`, \`participants\`, \`createdAt\`), \`NEW_DM_MESSAGE\` and
\`UPDATE_DM_MESSAGE\` (a Message and \`participants\`), \`DELETE_DM_MESSAGE\` (\`id\`, \`conversationId\`, \`participants\`), and
the reactions to their messages.

To everybody: \`NEW_USER\` (\`id\`, \`userName\`, \`email\`, \`isAdmin\`), \`UPDATE_USER\` (\`id\`, \`userName\`, \`isAdmin\`),
\`REMOVE_USER\` (\`id\`, \`email\`), \`USER_EXIT\` (\`id\`, \`userName\`), \`NEW_WEBHOOK\` (\`id\`, \`name\`, \`channelId\`),
\`DELETE_WEBHOOK\` (\`id\`, \`channelId\`), \`UPDATE_SERVER_SETTINGS\` (\`name\`), \`PRESENCE_UPDATE\` (\`userId\`, \`status\`,
\`lastSeen\`).

Every stored event has an \`id:\`. Coming back with it as \`Last-Event-ID\` brings what was missed in between, once and in
order, for a week; a browser does so by itself. \`CONNECTED\` in the middle of a stream says that it can't be told any
more: load your lists anew. At most ten streams per person; a reader that is a megabyte behind is cut off.
`.trim();
