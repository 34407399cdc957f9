/** Makes the public channels what the settings list. */
export async function syncPublicChannels(): Promise<void> {
  throw new Error('not written yet');
}
