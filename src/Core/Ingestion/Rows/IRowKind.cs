using CertFunctions.Core.Ingestion.Csv;
using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>The rows of one kind, and what they say: judged one by one, looked up and made tasks of chunk by chunk.</summary>
internal interface IRowKind
{
    void Restore(ReadOnlySpan<byte> remembered);

    /// <summary>A row that needs no reading.</summary>
    void Add(DecidedTask task);

    /// <summary>A row that has a cell for each column.</summary>
    void Read(CsvRowReader row);

    /// <returns>The tasks of the rows since the last time, in their order.</returns>
    ValueTask<IReadOnlyList<RunTask>> FinishAsync(bool isLast, CancellationToken cancellationToken);

    /// <returns>What has to be restored of the rows since the last time.</returns>
    ReadOnlyMemory<byte> Remember();
}
