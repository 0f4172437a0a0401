using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>What a chunk of a file came to. Its tasks and what is remembered are there until the next chunk is read: it is large, and read often.</summary>
/// <param name="Tasks">
/// One for each row, in the order of the file. Branches are an exception: they come with the file's last chunk, parents first.
/// </param>
/// <param name="BytesRead">
/// Where the next chunk has to begin; what is left over is a row that the chunk cuts off, or what is more than <see cref="Limits.CsvRowsPerChunk"/>.
/// </param>
/// <param name="IsLast">Nothing of the file is left.</param>
/// <param name="Remembered">For <see cref="CsvTaskReader.Restore"/>.</param>
public sealed record RowChunk(IReadOnlyList<RunTask> Tasks, int BytesRead, CsvPosition Next, bool IsLast, ReadOnlyMemory<byte> Remembered);
