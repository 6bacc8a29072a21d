/* The background: land, lakes, rivers, borders on one canvas, names on another above. */
(function (geomap) {
  "use strict";
  const COLOURS = {
    light: { water: "#d5e4ec", land: "#f6f4ee", line: "#a9c4d3", border: "#8d8798", town: "#4a4a4a" },
    dark: { water: "#1d2a33", land: "#2b2f33", line: "#41616f", border: "#8b8795", town: "#d7d7d7" },
  };
  const REGION_ZOOM = 6;

  function decoded(numbers, scale, path, closed) {
    let x = 0;
    let y = 0;
    for (let i = 0; i < numbers.length; i += 2) {
      x += numbers[i];
      y += numbers[i + 1];
      const [mx, my] = geomap.mercator(x / scale, y / scale);
      if (i) path.lineTo(mx, my);
      else path.moveTo(mx, my);
    }
    if (closed) path.closePath();
  }

  function paths(level) {
    const made = {};
    for (const name of ["land", "lakes"]) {
      made[name] = new Path2D();
      for (const polygon of level[name]) {
        for (const ring of polygon) decoded(ring, level.scale, made[name], true);
      }
    }
    for (const name of ["rivers", "coasts", "borders"]) {
      made[name] = new Path2D();
      for (const line of level[name]) decoded(line, level.scale, made[name], false);
    }
    return made;
  }

  geomap.loadBasemap = async function (source) {
    const data = typeof source === "string" ? await (await fetch(source)).json() : source;
    const levels = {};
    for (const name of ["world", "region_low", "region_high"]) levels[name] = paths(data[name]);
    return { levels, towns: data.towns, countries: data.countries };
  };

  const Ground = geomap.CanvasLayer.extend({
    options: { pane: "geomap-ground", zIndex: 150, padding: 0.5 },
    draw(ctx, view) {
      ctx.setTransform(1, 0, 0, 1, 0, 0);
      const colours = COLOURS[this.options.theme] ?? COLOURS.light;
      ctx.fillStyle = colours.water;
      ctx.fillRect(0, 0, view.width, view.height);
      if (!this.background) return;
      const { levels } = this.background;
      const near = view.zoom >= REGION_ZOOM ? levels.region_high : levels.region_low;
      ctx.setTransform(view.scale, 0, 0, view.scale, -view.left, -view.top);
      const unit = view.dpr / view.scale;
      const parts = [levels.world, near];
      ctx.lineJoin = "round";
      for (const part of parts) this._fill(ctx, part.land, colours.land);
      for (const part of parts) this._stroke(ctx, part.rivers, colours.line, unit * 0.8, []);
      for (const part of parts) {
        this._fill(ctx, part.lakes, colours.water);
        this._stroke(ctx, part.lakes, colours.line, unit * 0.8, []);
        this._stroke(ctx, part.coasts, colours.line, unit, []);
        this._stroke(ctx, part.borders, colours.border, unit, [unit * 5, unit * 3]);
      }
      ctx.setTransform(1, 0, 0, 1, 0, 0);
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

  geomap.Basemap = L.LayerGroup.extend({
    initialize(source, options) {
      L.LayerGroup.prototype.initialize.call(this, []);
      this.ground = new Ground(options);
      this.names = new geomap.NamesLayer({ ...options, colours: COLOURS[options?.theme] ?? COLOURS.light });
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
