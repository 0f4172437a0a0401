using CertFunctions.Core.Ingestion.Csv;

namespace CertFunctions.Core.Ingestion;

/// <summary>How far a report has come.</summary>
/// <param name="BytesRead">Where the next chunk has to begin.</param>
public readonly record struct ReportChunk(int BytesRead, CsvPosition Next);
