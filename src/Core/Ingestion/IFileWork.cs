namespace CertFunctions.Core.Ingestion;

/// <summary>Work on a file, at whose end stands a report.</summary>
public interface IFileWork
{
    ImportFile File { get; }
}
