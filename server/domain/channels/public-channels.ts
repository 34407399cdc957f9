export type PublicChannel = { id: number; name: string };

/** The public channels in the order of the settings. Everybody is a member of each. */
export async function publicChannels(): Promise<PublicChannel[]> {
  throw new Error('not written yet');
}

/** By its configured name, letter case included. Refuses `not_found` `conversation`. */
export async function findPublicChannel(_name: string): Promise<PublicChannel> {
  throw new Error('not written yet');
}
