// Preloaded into Azurite. It asks LokiJS for a row by PartitionKey and RowKey. LokiJS uses the index of what is named first alone, and
// looks at each row of the partition then, up to three times for every row of a transaction: in a partition of 40,000 rows a transaction
// takes most of a second, and nothing else is answered meanwhile. The index of RowKey, which is there too, finds the row at once.
const { Collection } = require('lokijs');

const { findOne } = Collection.prototype;
Collection.prototype.findOne = function (query) {
  const isOfRow = query?.PartitionKey !== undefined && query.RowKey !== undefined;
  return findOne.call(this, isOfRow ? { RowKey: query.RowKey, ...query } : query);
};
