/* The marks of a view: events at one place with one precision are one mark with a number. */
(function (geomap) {
  "use strict";
  const WORLD = 4294967296;

  /** Where and how large a row would be drawn; null when it does not touch the canvas. */
  geomap.groupAt = function (data, view, row, shape) {
    const [x, y] = geomap.pixelOf(data, view, row);
    const metres = data.metresOf(row);
    const ground = metres ? geomap.groundUnits(metres, data.y[row] / WORLD) * view.scale : 0;
    const reach = 20 * view.dpr + ground;
    if (x < -reach || y < -reach || x > view.width + reach || y > view.height + reach) return null;
    return { x, y, shape, ground, size: 5 * view.dpr };
  };

  /** Groups the markers in view: [{x, y, shape, rows, number, certain, ground, size}]. */
  geomap.placesInView = function (data, view, from, to) {
    const { shapes } = data.header;
    const byX = new Map();
    const groups = [];
    data.eachRow(from, to, (row, verdict) => {
      if (data.facts[row] & geomap.FACTS.geometry) return;
      const shape = shapes[data.geo[row] & 15];
      const spread = shape === "area" || shape === "near" ? data.radius[row] : 0;
      const column = byX.get(data.x[row]) ?? [];
      let group = column.find((one) => one.at === data.y[row] && one.shape === shape && one.spread === spread);
      if (!group) {
        const drawn = geomap.groupAt(data, view, row, shape);
        group = { ...drawn, shape, at: data.y[row], spread, rows: [], certain: 0, out: !drawn };
        column.push(group);
        byX.set(data.x[row], column);
        if (drawn) groups.push(group);
      }
      if (group.out) return;
      group.rows.push(row);
      if (verdict === geomap.SHOWN) group.certain++;
    });
    for (const group of groups) {
      group.number = group.rows.length;
      group.size = discSize(group.number) * view.dpr;
    }
    return groups;
  };

  function discSize(many) {
    return many === 1 ? 5 : Math.min(15, 6.5 + 1.5 * Math.log2(many));
  }

  /** The category most of a group's rows have. */
  geomap.mainCode = function (data, column, rows) {
    const { codes, shift, mask } = data.columnOf(column);
    const counts = new Map();
    for (const row of rows) {
      const code = codes ? (codes[row] >> shift) & mask : 0;
      counts.set(code, (counts.get(code) ?? 0) + 1);
    }
    return [...counts].sort((a, b) => b[1] - a[1])[0][0];
  };
})((globalThis.geomap ??= {}));
