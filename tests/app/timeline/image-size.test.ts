import { describe, expect, it } from 'vitest';
import { imageSize, thumbnailSet } from '#app/chat/_timeline/image-size.ts';

const photo = { mediaType: 'image/jpeg', size: 4_000_000, width: 4000, height: 3000 };

describe('an image in the timeline', () => {
  it('takes its place before it is loaded, in proportion', () => {
    expect(imageSize(photo)).toEqual({ width: 400, height: 300 });
    expect(imageSize({ width: 100, height: 50 })).toEqual({ width: 100, height: 50 });
    expect(imageSize({ width: null, height: null })).toEqual({ width: 240, height: 180 });
  });

  it('is a photograph’s thumbnail where that is sharp enough', () => {
    expect(thumbnailSet('/files/a.jpg', photo)).toBe('/files/a.jpg?size=thumb 400w, /files/a.jpg 4000w');
    const upright = { ...photo, width: 3000, height: 4000 };
    expect(thumbnailSet('/files/a.jpg', upright)).toBe('/files/a.jpg?size=thumb 300w, /files/a.jpg 3000w');
  });

  it('is itself when it is small, may move or let the page shine through', () => {
    for (const different of [
      { size: 20_000 },
      { width: 300, height: 200 },
      { width: null },
      { mediaType: 'image/gif' },
      { mediaType: 'image/png' },
    ]) {
      expect(thumbnailSet('/files/a', { ...photo, ...different })).toBeUndefined();
    }
  });
});
