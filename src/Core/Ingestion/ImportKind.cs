namespace CertFunctions.Core.Ingestion;

/// <summary>What the rows of an imported file are. The name in lower case is the folder into which the file is dropped.</summary>
public enum ImportKind
{
    Awards,
    Users,
    Groups,
    Branches,
}
