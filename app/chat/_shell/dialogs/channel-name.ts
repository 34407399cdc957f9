/** Characters a channel's name may have. */
export const CHANNEL_NAME_LENGTH = 80;
