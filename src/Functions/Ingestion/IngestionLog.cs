using CertFunctions.Core;
using Microsoft.Extensions.Logging;

namespace CertFunctions.Functions.Ingestion;

/// <summary>Says in the log what became of a dropped file: whoever dropped it has no answer to read.</summary>
public sealed partial class IngestionLog(ILogger<IngestionLog> logger)
{
    public void Note(string filePath, Core.Ingestion.Ingestion outcome)
    {
        var path = LogText.Of(filePath);
        switch (outcome)
        {
            case Core.Ingestion.Ingestion.Begun(var id):
                Begun(path, id);
                break;
            case Core.Ingestion.Ingestion.Known(var id):
                Known(path, id);
                break;
            case Core.Ingestion.Ingestion.NotOurs:
                NotOurs(path);
                break;
            default:
                Gone(path);
                break;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} is ingested by job {JobId}")]
    private partial void Begun(string path, JobId jobId);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Path} with this very content has been ingested by job {JobId}")]
    private partial void Known(string path, JobId jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Path} stays where it is: drop files into awards/, users/, groups/ or branches/")]
    private partial void NotOurs(string path);

    [LoggerMessage(Level = LogLevel.Debug, Message = "{Path} is gone or written over")]
    private partial void Gone(string path);
}
