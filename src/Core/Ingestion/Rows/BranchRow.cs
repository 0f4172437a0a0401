namespace CertFunctions.Core.Ingestion.Rows;

/// <summary>A branch as a line of a file has it.</summary>
internal sealed record BranchRow(int Line, string Id, string Name, string? ParentId);
