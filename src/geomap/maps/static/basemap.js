/* The background: land, lakes, rivers, boundaries on one canvas, names on another above.

   The file holds the world in cells (tools/build_basemap.py tells how). From NEAR_ZOOM on
   only the cells in view are decoded; below it the whole world is drawn from fewer points. */
(function (geomap) {
  "use strict";
  const COLOURS = {
    light: {
      beyond: "#c7d8e2", water: "#d5e4ec", land: "#f6f4ee", line: "#a9c4d3", border: "#85799a",
      disputed: "#a1517f", division: "#cfc8d6", town: "#3f4347", country: "#5d5670",
    },
    dark: {
      beyond: "#172128", water: "#1d2a33", land: "#2b2f33", line: "#41616f", border: "#958da6",
      disputed: "#d488b4", division: "#474952", town: "#d7d7d7", country: "#b3adc2",
    },
  };
  const NEAR_ZOOM = 5;
  const DETAIL_ZOOM = 6;
  const DIVISION_ZOOM = 4;
  const SMALL_DIVISION_ZOOM = 7;
  const FAR_PIXELS = 0.4; // points closer than this are left out below NEAR_ZOOM
  const LINES = ["rivers", "borders", "disputed", "divisions", "small_divisions"];
  const NAMES = ["land", "coasts", "lakes", "shores", ...LINES];

  function decoder(digits) {
    const values = new Uint8Array(128);
    for (let i = 0; i < digits.length; i++) values[digits.charCodeAt(i)] = i;
    /** Sums of whole numbers: `axes` of them run side by side, each in units of `scale`. */
    return function (text, scale, axes = 2) {
      const found = [];
      const at = Array.from({ length: axes }, () => 0);
      let number = 0;
      let shift = 0;
      for (let i = 0; i < text.length; i++) {
        const value = values[text.charCodeAt(i)];
        number += (value & 31) << shift;
        shift += 5;
        if (value & 32) continue;
        const axis = found.length % axes;
        at[axis] += number & 1 ? -(number >> 1) : number >> 1;
        found.push(at[axis] / scale);
        number = shift = 0;
      }
      return found;
    };
  }

  function sides(box, x, y) {
    return (x <= box[0]) | ((x >= box[2]) << 1) | ((y <= box[1]) << 2) | ((y >= box[3]) << 3);
  }

  /** Adds a line to a path, and to `edge` what of it is not where its cell was cut out. */
  function trace(points, step, path, edge, box) {
    let [lastX, lastY, before, drawing] = [NaN, NaN, 0, false];
    let from = null;
    for (let i = 0; i < points.length; i += 2) {
      const x = points[i];
      const y = points[i + 1];
      const isLast = i + 2 >= points.length;
      if (i && !isLast && Math.abs(x - lastX) < step && Math.abs(y - lastY) < step) continue;
      [lastX, lastY] = [x, y];
      const at = geomap.mercator(x, y);
      if (i) path.lineTo(at[0], at[1]);
      else path.moveTo(at[0], at[1]);
      if (!edge) continue;
      const here = sides(box, x, y);
      if (!i || here & before) drawing = false;
      else {
        if (!drawing) edge.moveTo(from[0], from[1]);
        edge.lineTo(at[0], at[1]);
        drawing = true;
      }
      before = here;
      from = at;
    }
    if (edge) path.closePath();
  }

  function emptyPaths() {
    return Object.fromEntries(NAMES.map((name) => [name, new Path2D()]));
  }

  function addCell(made, cell, step, decode) {
    for (const [fill, edge] of [["land", "coasts"], ["lakes", "shores"]]) {
      for (const polygon of cell[fill] ?? []) {
        for (const ring of polygon) {
          if (step && ring.length < 12 && step > 0.05) continue; // an islet of less than a pixel
          trace(decode(ring, cell.scale), step, made[fill], made[edge], cell.box);
        }
      }
    }
    for (const name of LINES) {
      for (const line of cell[name] ?? []) trace(decode(line, cell.scale), step, made[name]);
    }
    return made;
  }

  class Background {
    constructor(data) {
      this._decode = decoder(data.digits);
      const placed = (cell) => ({ cell, box: this._mercatorBox(cell.box) });
      this._cells = data.cells.map(placed);
      this._detailed = data.detailed.map(placed);
      this._held = new Map();
      this.towns = this._townsOf(data.towns);
      this.countries = data.countries.map(([name, x, y, zoom]) => [name, ...geomap.mercator(x, y), zoom]);
    }

    _mercatorBox([west, south, east, north]) {
      return [...geomap.mercator(west, north), ...geomap.mercator(east, south)];
    }

    /** [name, x, y, population] of towns, largest first. */
    _townsOf({ names, at, scale, hundreds }) {
      const points = this._decode(at, scale);
      const people = this._decode(hundreds, 0.01, 1);
      return names.split("\n").map((name, i) => {
        const [x, y] = geomap.mercator(points[2 * i], points[2 * i + 1]);
        return [name, x, y, people[i]];
      });
    }

    /** The paths to draw a view with, in Mercator units. */
    paths(view) {
      if (view.zoom < NEAR_ZOOM) return this._wholeWorld(Math.ceil(view.zoom));
      const box = [view.left, view.top, view.left + view.width, view.top + view.height];
      const [x0, y0, x1, y1] = box.map((value) => value / view.scale);
      const seen = this._cells.filter(({ box: [a, b, c, d] }) => a < x1 && c > x0 && b < y1 && d > y0);
      const key = seen.map((one) => this._cells.indexOf(one)).join() + (view.zoom >= DETAIL_ZOOM);
      if (this._held.key !== key) {
        const all = emptyPaths();
        for (const one of seen) {
          const paths = this._cellPaths(this._finest(one, view.zoom));
          for (const name of NAMES) all[name].addPath(paths[name]);
        }
        this._held = { key, all };
      }
      return this._held.all;
    }

    _finest(one, zoom) {
      if (zoom < DETAIL_ZOOM) return one;
      return this._detailed.find(({ box }) => box.every((side, i) => side === one.box[i])) ?? one;
    }

    _cellPaths(one) {
      return (one.paths ??= addCell(emptyPaths(), one.cell, 0, this._decode));
    }

    _wholeWorld(zoom) {
      if (this._far?.zoom === zoom) return this._far.paths;
      const step = (FAR_PIXELS * 360) / (256 * Math.pow(2, zoom));
      const paths = emptyPaths();
      for (const { cell } of this._cells) addCell(paths, cell, step, this._decode);
      this._far = { zoom, paths };
      return paths;
    }
  }

  geomap.loadBasemap = async function (source) {
    const data = typeof source === "string" ? await (await geomap.fetched(source)).json() : source;
    return new Background(data);
  };

  const Ground = geomap.CanvasLayer.extend({
    options: { pane: "geomap-ground", zIndex: 150, padding: 0.25, boundaries: "disputed dashed" },

    _mapEvents() {
      const own = { "geomap:furniture": this.redraw };
      return { ...geomap.CanvasLayer.prototype._mapEvents.call(this), ...own };
    },

    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      const { colours } = this.options;
      ctx.fillStyle = colours.beyond;
      ctx.fillRect(0, 0, view.width, view.height);
      ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
      ctx.fillStyle = colours.water;
      ctx.fillRect(0, 0, 1, 1);
      if (this.background) this._drawWorld(ctx, view, this.background.paths(view));
      ctx.setTransform(1, 0, 0, 1, 0, 0);
    },

    _drawWorld(ctx, view, paths) {
      const { colours } = this.options;
      const unit = view.dpr / view.scale;
      const thin = unit * (view.zoom < 4 ? 0.5 : 0.9);
      ctx.lineJoin = "round";
      this._fill(ctx, paths.land, colours.land);
      if (view.zoom >= 4) this._stroke(ctx, paths.rivers, colours.line, thin, []);
      this._fill(ctx, paths.lakes, colours.water);
      this._stroke(ctx, paths.shores, colours.line, thin, []);
      this._stroke(ctx, paths.coasts, colours.line, thin, []);
      this._boundaries(ctx, view, paths, unit);
    },

    _boundaries(ctx, view, paths, unit) {
      const { colours } = this.options;
      const { boundaries } = this._map.geomapFurniture ?? this.options;
      if (boundaries === "none") return;
      const isDashed = boundaries !== "all alike";
      const width = unit * (view.zoom < 4 ? 0.7 : 1.1);
      const dash = view.zoom < 4 ? [unit * 2.5, unit * 2] : [unit * 5, unit * 4];
      const small = view.zoom >= SMALL_DIVISION_ZOOM;
      if (view.zoom >= DIVISION_ZOOM) this._stroke(ctx, paths.divisions, colours.division, unit * 0.8, []);
      if (small) this._stroke(ctx, paths.small_divisions, colours.division, unit * 0.8, []);
      this._stroke(ctx, paths.borders, colours.border, width, []);
      this._stroke(ctx, paths.disputed, isDashed ? colours.disputed : colours.border, width, isDashed ? dash : []);
    },

    _fill(ctx, path, colour) {
      ctx.fillStyle = colour;
      ctx.fill(path, "nonzero");
    },
    _stroke(ctx, path, colour, width, dash) {
      ctx.strokeStyle = colour;
      ctx.lineWidth = width;
      ctx.setLineDash(dash);
      ctx.stroke(path);
      ctx.setLineDash([]);
    },
  });

  geomap.coloursOf = (theme) => COLOURS[theme] ?? COLOURS.light;

  geomap.Basemap = L.LayerGroup.extend({
    initialize(source, options) {
      L.LayerGroup.prototype.initialize.call(this, []);
      const own = { ...options, colours: geomap.coloursOf(options?.theme) };
      this.ground = new Ground(own);
      this.names = new geomap.NamesLayer(own);
      this.addLayer(this.ground);
      this.addLayer(this.names);
      geomap.loadBasemap(source).then(
        (background) => {
          this.ground.background = this.names.background = background;
          this.ground.redraw();
          this.names.redraw();
          performance.mark("geomap:basemap");
        },
        () => console.warn("geomap: the background could not be loaded"),
      );
    },
  });
  geomap.basemap = (source, options) => new geomap.Basemap(source, options ?? {});
})((globalThis.geomap ??= {}));
