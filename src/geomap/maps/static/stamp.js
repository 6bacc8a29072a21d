/* Drawing very many events: each one is stamped into the pixels of an image. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;
  const AREA = 2;

  function rgba(colour) {
    const value = parseInt(colour.slice(1), 16);
    return (0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
  }

  /** Offsets, from the middle pixel, of a disc and of its rim. */
  function stampOf(radius, width) {
    const reach = Math.ceil(radius + 1);
    const disc = [];
    const rim = [];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const distance = Math.hypot(dx, dy);
        if (distance <= radius - 0.5) disc.push(dy * width + dx);
        else if (distance <= radius + 0.6) rim.push(dy * width + dx);
      }
    }
    return { reach, disc: Int32Array.from(disc), rim: Int32Array.from(rim) };
  }

  function radiusFor(count, dpr) {
    return Math.max(1, dpr * (count > 200000 ? 1.6 : count > 50000 ? 2.4 : 3.4));
  }

  /** Certain events are filled, possible ones and areas are rims only: never a pin. */
  geomap.stampEvents = function (ctx, view, data, from, to, colours, keep) {
    const { width, height } = view;
    if (keep.image?.width !== width || keep.image?.height !== height) {
      keep.image = ctx.createImageData(width, height);
      keep.pixels = new Uint32Array(keep.image.data.buffer);
    }
    const pixels = keep.pixels;
    pixels.fill(0);
    const [first, beyond] = data.singleRows(from, to);
    const radius = radiusFor(beyond - first + data.count - data.singles, view.dpr);
    const { reach, disc, rim } = stampOf(radius, width);
    const palette = Uint32Array.from(colours, rgba);
    const scale = view.scale / WORLD;
    const { x, y, look, type } = data;
    const right = width - reach - 1;
    const bottom = height - reach - 1;
    const one = (row, hollow) => {
      const px = (x[row] * scale - view.left) | 0;
      if (px <= reach || px >= right) return;
      const py = (y[row] * scale - view.top) | 0;
      if (py <= reach || py >= bottom) return;
      const flags = look[row];
      if (flags & geomap.LOOK.geometry) return;
      const at = py * width + px;
      const colour = palette[type[row]];
      const empty = hollow || (flags & geomap.LOOK.shape) === AREA;
      const edge = empty ? colour : 0xe0ffffff;
      for (let i = 0; i < rim.length; i++) pixels[at + rim[i]] = edge;
      if (!empty) for (let i = 0; i < disc.length; i++) pixels[at + disc[i]] = colour;
    };
    for (let row = data.singles; row < data.count; row++) {
      if (data.verdictOf(row, from, to) === geomap.POSSIBLE) one(row, true);
    }
    for (let row = data.singles; row < data.count; row++) {
      if (data.verdictOf(row, from, to) === geomap.SHOWN) one(row, false);
    }
    for (let row = first; row < beyond; row++) one(row, false);
    ctx.putImageData(keep.image, 0, 0);
  };
})((globalThis.geomap ??= {}));
