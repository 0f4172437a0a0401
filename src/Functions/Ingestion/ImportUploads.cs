using System.Security.Cryptography;
using Azure.Storage.Blobs.Specialized;
using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Requests;
using CertFunctions.Functions.Storage;
using Microsoft.AspNetCore.Http;

namespace CertFunctions.Functions.Ingestion;

/// <summary>Streams uploaded files into the archive, whatever their size, and says by a hash what they hold.</summary>
public sealed class ImportUploads(StorageClients clients)
{
    private const int BufferBytes = 64 * 1024;

    /// <param name="body">The file: the request's own body, or a part of it.</param>
    /// <param name="name">As the job and history show it. In the archive the file has a name of its own.</param>
    /// <returns>The file with a hash of its content, or why it is refused.</returns>
    public async Task<(ImportFile? File, string Hash, Problem? Problem)> SaveAsync(
        HttpRequest request, Stream body, ImportKind kind, string name, CancellationToken cancellationToken)
    {
        var archive = $"{ImportFile.FolderOf(kind)}/upload.{Guid.NewGuid():N}.csv";
        var blob = clients.Container(StorageNames.Containers.ImportsArchive).GetBlockBlobClient(archive);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        await using var blocks = new BlobBlocks(blob);
        var length = 0L;
        try
        {
            var buffer = new byte[BufferBytes];
            for (int read; length <= Limits.UploadBytes && (read = await ReadAsync(request, body, buffer, cancellationToken)) > 0; length += read)
            {
                hash.AppendData(buffer, 0, read);
                await blocks.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            }
        }
        catch (BadHttpRequestException e)
        {
            return (null, "", Problem.Unreadable(e.StatusCode, Limits.UploadBytes));
        }

        if (length > Limits.UploadBytes)
        {
            await RequestBytes.DrainAsync(body, new byte[BufferBytes], cancellationToken);
            return (null, "", Problem.BodyTooLarge(Limits.UploadBytes, "POST /api/imports/uploads answers where a larger file can be dropped."));
        }

        await blocks.CompleteAsync(cancellationToken);
        var file = new ImportFile { Kind = kind, Name = name, Archive = archive, Length = length };
        return (file, Convert.ToHexStringLower(hash.GetHashAndReset()), null);
    }

    /// <summary>A slow sender is no trouble with the storage.</summary>
    private static async ValueTask<int> ReadAsync(HttpRequest request, Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        using var reading = Deadline.Pause(request.HttpContext);
        return await body.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>Takes a file away that no job works on.</summary>
    public Task RemoveAsync(ImportFile file, CancellationToken cancellationToken) =>
        clients.Container(StorageNames.Containers.ImportsArchive).DeleteBlobIfExistsAsync(file.Archive, cancellationToken: cancellationToken);
}
