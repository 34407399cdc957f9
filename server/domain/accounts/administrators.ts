export async function grantAdministrator(_username: string): Promise<void> {
  throw new Error('not written yet');
}

export async function revokeAdministrator(_username: string): Promise<void> {
  throw new Error('not written yet');
}
