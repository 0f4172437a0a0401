namespace CertFunctions.Core.Ingestion;

/// <summary>What is wrong with a row.</summary>
/// <param name="Code">As the contract lists them.</param>
/// <param name="Detail">One sentence for the person who has to mend it.</param>
public sealed record RowError(string Code, string Detail);
