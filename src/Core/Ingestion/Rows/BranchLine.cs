namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>A branch as a line of a file has it.</summary>
internal sealed record BranchLine(int Line, string Id, string Name, string? ParentId);
