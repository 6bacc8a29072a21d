/* Very many events as hexagons of counts, and the areas among them as outlines with a number. */
(function (geomap) {
  "use strict";
  geomap.RAMP = ["#fbe3a7", "#f6b65f", "#ea7d4a", "#cb4a5f", "#8b2c70", "#43195c"];
  const SIDE = 11;
  const MOST_AREAS = 150; // more outlines than that hide each other: the legend says how many

  /** Lower ends of the classes up to `most`: 1, then round numbers that grow evenly in size. */
  geomap.classesFor = function (most) {
    const ends = [1];
    const room = geomap.RAMP.length;
    const factor = Math.max(2, Math.pow(Math.max(2, most), 1 / room));
    while (ends.length < room) {
      const next = rounded(ends.at(-1) * factor);
      if (next > most) break;
      ends.push(next <= ends.at(-1) ? ends.at(-1) + 1 : next);
    }
    return ends;
  };

  function rounded(value) {
    const power = 10 ** Math.floor(Math.log10(value));
    const lead = value / power;
    return (lead < 1.5 ? 1 : lead < 3.5 ? 2 : lead < 7.5 ? 5 : 10) * power;
  }

  function classOf(ends, count) {
    let index = 0;
    while (index + 1 < ends.length && count >= ends[index + 1]) index++;
    return index;
  }

  geomap.classOf = classOf;

  /** The cells of a view with their counts; built anew when the map or the filters change. */
  geomap.Density = class {
    constructor(data, view) {
      this.data = data;
      this.view = view;
      this.cells = geomap.hexCells(data, view, SIDE * view.dpr);
      this.sites = this._sitesInView();
      this.refilter();
    }

    /** Areas and wide discs that touch the view, with the cell that counts them. */
    _sitesInView() {
      const { hexes, sites } = this.cells;
      const found = [];
      sites.forEach((site, index) => {
        const group = geomap.groupAt(this.data, this.view, site.row, site.shape);
        if (group) found.push({ ...group, rows: [site.row], cell: hexes + index, number: 0, certain: 0 });
      });
      return found;
    }

    /** Other events pass now: they are counted anew, where they are stays. */
    refilter() {
      this.counts = new geomap.CellCounts(this.data, this.cells);
      this.counts.move(-Infinity, Infinity);
      this.ends = geomap.classesFor(this._most());
    }

    /** The classes are those of all days, so that a colour means the same while one drags. */
    _most() {
      const { sure, maybe } = this.counts;
      let most = 1;
      for (let i = 0; i < this.cells.hexes; i++) most = Math.max(most, sure[i] + maybe[i]);
      return most;
    }

    /** Events in view and window, all cells together. */
    inView(from, to) {
      this.counts.move(from, to);
      const { sure, maybe } = this.counts;
      let sum = 0;
      for (let i = 0; i < sure.length; i++) sum += sure[i] + maybe[i];
      return sum;
    }

    draw(ctx, colours) {
      this._hexagons(ctx);
      this._slashes(ctx);
      this.drawAreas(ctx, colours);
    }

    _hexagons(ctx) {
      const { sure, maybe } = this.counts;
      const { hexes, side } = this.cells;
      const paths = this.ends.map(() => new Path2D());
      const hollow = new Path2D();
      for (let index = 0; index < hexes; index++) {
        const count = sure[index] + maybe[index];
        if (!count) continue;
        const [x, y] = geomap.hexMiddle(this.cells, index);
        trace(sure[index] ? paths[classOf(this.ends, count)] : hollow, x, y, side * 0.96);
      }
      ctx.globalAlpha = 0.86;
      paths.forEach((path, index) => {
        ctx.fillStyle = geomap.RAMP[rampAt(index, this.ends.length)];
        ctx.fill(path);
      });
      ctx.lineWidth = 1.5 * this.view.dpr;
      ctx.strokeStyle = geomap.RAMP[3];
      ctx.stroke(hollow);
      ctx.globalAlpha = 1;
    }

    /** Where all that is told was planned, prevented or denied: a stroke, no fill. */
    _slashes(ctx) {
      const { sure, maybe } = this.counts;
      const { hexes, sites, side } = this.cells;
      const base = hexes + sites.length;
      this.notHappened = 0;
      ctx.beginPath();
      for (let index = 0; index < hexes; index++) {
        const number = sure[base + index] + maybe[base + index];
        this.notHappened += number;
        if (!number || sure[index] + maybe[index]) continue;
        const [x, y] = geomap.hexMiddle(this.cells, index);
        const reach = side * 0.45;
        ctx.moveTo(x - reach, y + reach);
        ctx.lineTo(x + reach, y - reach);
      }
      ctx.lineWidth = 1.4 * this.view.dpr;
      ctx.strokeStyle = "#222222";
      ctx.stroke();
    }

    drawAreas(ctx, colours) {
      const groups = this.areaGroups();
      this.undrawn = Math.max(0, groups.length - MOST_AREAS);
      if (this.undrawn) groups.sort((a, b) => b.number - a.number);
      geomap.drawPlaces(ctx, this.view, this.data, groups.slice(0, MOST_AREAS), colours);
    }

    /** The areas and wide discs of the window that touch the view, as groups to be drawn. */
    areaGroups() {
      const { sure, maybe } = this.counts;
      for (const group of this.sites) {
        group.certain = sure[group.cell];
        group.number = group.certain + maybe[group.cell];
      }
      return this.sites.filter((group) => group.number);
    }

    /** The rows of the window under a pixel, newest first, at most `most`. */
    rowsAt(x, y, from, to, most) {
      const { cell, hexes, sites } = this.cells;
      const index = geomap.hexAt(this.cells, x, y);
      let wanted = [index, hexes + sites.length + index];
      const filled = wanted.some((i) => this.counts.sure[i] + this.counts.maybe[i] > 0);
      if (!filled) {
        const near = this.areaGroups().filter((g) => Math.hypot(g.x - x, g.y - y) <= g.ground);
        near.sort((a, b) => a.ground - b.ground);
        wanted = near.slice(0, 1).map((group) => group.cell);
      }
      const found = [];
      const [one, other = one] = wanted;
      this.data.eachRow(from, to, (row) => {
        if (cell[row] === one || cell[row] === other) found.push(row);
      });
      return found.reverse().slice(0, most);
    }
  };

  /** The place of a class on the ramp: two classes are its ends, not its first two colours. */
  function rampAt(index, classes) {
    return classes < 2 ? 1 : Math.round((index * (geomap.RAMP.length - 1)) / (classes - 1));
  }
  geomap.rampAt = rampAt;

  function trace(path, x, y, side) {
    for (let corner = 0; corner < 6; corner++) {
      const angle = (Math.PI / 3) * corner + Math.PI / 6;
      const [px, py] = [x + side * Math.cos(angle), y + side * Math.sin(angle)];
      if (corner) path.lineTo(px, py);
      else path.moveTo(px, py);
    }
    path.closePath();
  }
})((globalThis.geomap ??= {}));
