/* Where each row falls on the screen, kept until the map moves: hexagons, pixels or sites.

   While the dates are dragged only counts change, not places: with the cell of each row known,
   a window is counted by adding the days that came in and taking off those that went out. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;
  const ROOT3 = Math.sqrt(3);

  /** The pixel of a row, on the copy of the world that the canvas shows. */
  geomap.pixelOf = function (data, view, row) {
    const scale = view.scale / WORLD;
    return [wrapped(data.x[row] * scale - view.left, view), data.y[row] * scale - view.top];
  };

  function wrapped(x, view) {
    const world = view.scale;
    const margin = 40 * view.dpr;
    return x - Math.floor((x + margin) / world) * world;
  }
  geomap.wrappedX = wrapped;

  /** Places of areas and of wide discs: rows that share one are counted together. */
  function sitesOf(data, shapes, wide) {
    if (data.sites?.wide === wide) return data.sites;
    const site = new Int32Array(data.count).fill(-1);
    const list = [];
    const known = new Map();
    for (let row = 0; row < data.count; row++) {
      if (data.facts[row] & geomap.FACTS.geometry) continue;
      const shape = shapes[data.geo[row] & 15];
      if (shape !== "area" && (shape !== "near" || data.metresOf(row) < wide)) continue;
      const code = data.radius[row] * 2 + (shape === "area" ? 1 : 0);
      let byPlace = known.get(code);
      if (!byPlace) known.set(code, (byPlace = new Map()));
      // 21 bits of y are 20 m: nearer centres with the same x and radius are one site.
      const key = data.x[row] * 2097152 + (data.y[row] >>> 11);
      let index = byPlace.get(key);
      if (index === undefined) byPlace.set(key, (index = list.push({ row, shape, code }) - 1));
      site[row] = index;
    }
    return (data.sites = { site, list, wide });
  }

  /** The cell of each row, -1 outside the view. Hexagons come first, then sites, then the
      hexagons of what did not happen. */
  geomap.hexCells = function (data, view, side) {
    const { shapes } = data.header;
    const dx = side * ROOT3;
    const dy = side * 1.5;
    const columns = Math.ceil(view.width / dx) + 2;
    const rows = Math.ceil(view.height / dy) + 2;
    const hexes = columns * rows;
    const wide = 2 ** Math.round(Math.log2((side / view.scale) * 40075016.7)); // metres of a cell
    const { site, list } = sitesOf(data, shapes, wide);
    const cell = new Int32Array(data.count);
    const { x, y, facts, count } = data;
    const { scale: world, left, top, width, height } = view;
    const scale = world / WORLD;
    const margin = 40 * view.dpr;
    const not = Uint8Array.from(data.notHappened);
    for (let row = 0; row < count; row++) {
      cell[row] = -1;
      if (site[row] >= 0) {
        cell[row] = hexes + site[row];
        continue;
      }
      const py = y[row] * scale - top;
      if (py < 0 || py > height || facts[row] & 64) continue;
      let px = x[row] * scale - left;
      if (px < -margin || px >= world - margin) px = wrapped(px, view);
      if (px < 0 || px > width) continue;
      const index = hexAt(px, py, dx, dy, columns);
      cell[row] = not[facts[row] & 7] ? hexes + list.length + index : index;
    }
    return { cell, hexes, sites: list, columns, dx, dy, side, size: hexes * 2 + list.length };
  };

  /** The hexagon (pointed at the top) whose middle is nearest to a pixel. */
  function hexAt(px, py, dx, dy, columns) {
    // Both are at or above 0 here, where adding a half and cutting is rounding.
    let row = (py / dy + 0.5) | 0;
    let column = Math.max(0, (px / dx - (row & 1) / 2 + 0.5) | 0);
    const off = (py - row * dy) / dy;
    if (off * 3 > 1 || off * 3 < -1) {
      const away = (px - (column + (row & 1) / 2) * dx) / dx;
      const other = row + (off < 0 ? -1 : 1);
      const near = Math.round(px / dx - (other & 1) / 2);
      const offOther = (py - other * dy) / dy;
      const awayOther = (px - (near + (other & 1) / 2) * dx) / dx;
      // In units of dx and dy a hexagon is not round: compare true distances.
      const here = (away * dx) ** 2 + (off * dy) ** 2;
      if ((awayOther * dx) ** 2 + (offOther * dy) ** 2 < here) [row, column] = [other, near];
    }
    return Math.max(0, row) * columns + Math.max(0, column);
  }
  geomap.hexAt = (cells, px, py) => hexAt(px, py, cells.dx, cells.dy, cells.columns);

  geomap.hexMiddle = function (cells, index) {
    const row = Math.floor(index / cells.columns);
    return [((index % cells.columns) + (row & 1) / 2) * cells.dx, row * cells.dy];
  };

  /** Counts by cell that follow a window: single days by difference, spans each time. */
  geomap.CellCounts = class {
    constructor(data, cells) {
      this.data = data;
      this.cells = cells;
      this.singles = new Int32Array(cells.size);
      this.maybeSingles = new Int32Array(cells.size);
      this.sure = new Int32Array(cells.size);
      this.maybe = new Int32Array(cells.size);
      this.first = this.beyond = 0;
    }

    move(from, to) {
      const [first, beyond] = this.data.singleRows(from, to);
      if (first >= this.beyond || beyond <= this.first) {
        this._add(this.first, this.beyond, -1);
        this._add(first, beyond, 1);
      } else {
        this._add(first, this.first, 1);
        this._add(this.first, first, -1);
        this._add(this.beyond, beyond, 1);
        this._add(beyond, this.beyond, -1);
      }
      this.first = first;
      this.beyond = beyond;
      this._spans(from, to);
    }

    _add(first, beyond, by) {
      const { state } = this.data;
      const { cell } = this.cells;
      for (let row = first; row < beyond; row++) {
        if (cell[row] < 0) continue;
        if (!state[row]) this.singles[cell[row]] += by;
        else if (state[row] === geomap.UNSURE) this.maybeSingles[cell[row]] += by;
      }
    }

    _spans(from, to) {
      const { data, sure, maybe } = this;
      const { cell } = this.cells;
      sure.set(this.singles);
      maybe.set(this.maybeSingles);
      data.eachSpan(from, to, (row, verdict) => {
        if (cell[row] < 0) return;
        if (verdict === geomap.SHOWN) sure[cell[row]]++;
        else maybe[cell[row]]++;
      });
    }
  };
})((globalThis.geomap ??= {}));
