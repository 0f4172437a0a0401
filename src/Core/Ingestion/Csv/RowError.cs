using CertFunctions.Core.Jobs;

namespace CertFunctions.Core.Ingestion.Csv;

/// <summary>What is wrong with a row.</summary>
/// <param name="Code">As the contract lists them.</param>
/// <param name="Detail">One sentence for the person who has to mend it.</param>
public sealed record RowError(string Code, string Detail)
{
    /// <param name="userId">Where given: what is wrong with the user comes first.</param>
    internal DecidedTask Task(int line, string? username = null, LmsId? userId = null, bool isNamedById = false) =>
        new(ChangeOutcome.Failed, Code, Detail) { Line = line, Username = username, UserId = userId, IsNamedById = isNamedById };
}
