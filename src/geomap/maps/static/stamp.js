/* Very many events as single marks: each place is a pixel first, and a small disc at the end. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;
  const HOLLOW = 128;

  function rgba(colour) {
    const value = parseInt(colour.slice(1), 16);
    return (0xff000000 | ((value & 255) << 16) | (value & 0xff00) | (value >> 16)) >>> 0;
  }

  /** Offsets, from the middle pixel, of a disc, of its rim and of a cross. */
  function stampOf(radius, width) {
    const reach = Math.ceil(radius + 1);
    const [disc, rim, cross] = [[], [], []];
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const distance = Math.hypot(dx, dy);
        if (distance <= radius - 0.5) disc.push(dy * width + dx);
        else if (distance <= radius + 0.6) rim.push(dy * width + dx);
        if (Math.abs(dx) === Math.abs(dy) && distance <= radius + 1) cross.push(dy * width + dx);
      }
    }
    return { reach, disc: Int32Array.from(disc), rim: Int32Array.from(rim), cross: Int32Array.from(cross) };
  }

  /** Marks of a view, one pixel a place; areas and wide discs are left to the sites. */
  geomap.Stamps = class {
    constructor(data, view, cells, column, colours) {
      Object.assign(this, { data, view, cells });
      const { series, of } = data.categories(column);
      this.of = of;
      this.column = data.columnOf(column);
      this.palette = Uint32Array.from(series.map((one) => one.colour), rgba);
      this.crossInk = rgba("#222222");
      this.top = new Uint8Array(view.width * view.height);
      this.colours = colours;
      this.pixel = this._pixels();
    }

    _pixels() {
      const { data, view, cells } = this;
      const pixel = new Int32Array(data.count).fill(-1);
      const margin = Math.ceil(6 * view.dpr);
      const scale = view.scale / WORLD;
      for (let row = 0; row < data.count; row++) {
        const cell = cells.cell[row];
        if (cell < 0 || (cell >= cells.hexes && cell < cells.hexes + cells.sites.length)) continue;
        const [x] = geomap.pixelOf(data, view, row);
        const y = data.y[row] * scale - view.top;
        if (x < margin || y < margin || x > view.width - margin || y > view.height - margin) continue;
        pixel[row] = (y | 0) * view.width + (x | 0);
      }
      return pixel;
    }

    /** The number of the mark at a pixel: its category and whether it is hollow or crossed. */
    draw(ctx, from, to, count) {
      const { data, view, top, pixel, of } = this;
      const { codes, shift, mask } = this.column;
      top.fill(0);
      const set = (row, hollow) => {
        if (pixel[row] < 0) return;
        const crossed = data.notHappened[data.facts[row] & 7] ? 64 : 0;
        top[pixel[row]] = (of[codes ? (codes[row] >> shift) & mask : 0] + 1) | crossed | hollow;
      };
      data.eachRow(from, to, (row, verdict) => verdict === geomap.POSSIBLE && set(row, HOLLOW));
      data.eachRow(from, to, (row, verdict) => verdict === geomap.SHOWN && set(row, 0));
      this._spread(ctx, Math.max(1, view.dpr * (count > 200000 ? 1.6 : count > 50000 ? 2.4 : 3.4)));
    }

    _spread(ctx, radius) {
      const { view, top, palette } = this;
      const image = ctx.createImageData(view.width, view.height);
      const pixels = new Uint32Array(image.data.buffer);
      const { disc, rim, cross } = stampOf(radius, view.width);
      for (let at = 0; at < top.length; at++) {
        const mark = top[at];
        if (!mark) continue;
        const colour = palette[(mark & 63) - 1];
        const hollow = mark & HOLLOW;
        const edge = hollow ? colour : 0xe0ffffff;
        for (let i = 0; i < rim.length; i++) pixels[at + rim[i]] = edge;
        if (!hollow) for (let i = 0; i < disc.length; i++) pixels[at + disc[i]] = colour;
        if (mark & 64) for (let i = 0; i < cross.length; i++) pixels[at + cross[i]] = this.crossInk;
      }
      ctx.putImageData(image, 0, 0);
    }

    /** The rows of the window whose marks are under a pixel, the nearest first. */
    rowsAt(x, y, from, to, most) {
      const { data, view, pixel } = this;
      const reach = (6 * view.dpr) ** 2;
      const found = [];
      data.eachRow(from, to, (row) => {
        const at = pixel[row];
        if (at < 0) return;
        const distance = ((at % view.width) - x) ** 2 + (Math.floor(at / view.width) - y) ** 2;
        if (distance <= reach) found.push([distance, row]);
      });
      found.sort((a, b) => a[0] - b[0] || b[1] - a[1]);
      return found.slice(0, most).map(([, row]) => row);
    }
  };
})((globalThis.geomap ??= {}));
