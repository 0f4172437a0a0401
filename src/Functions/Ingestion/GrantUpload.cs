using CertFunctions.Core;
using CertFunctions.Core.Ingestion;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Idempotency;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Ingestion;

/// <summary>For a file that is too large for a request: where it can be dropped. Whoever has the address can write that file, and read nothing.</summary>
public sealed class GrantUpload(IImportFiles files, IdempotentPosts posts, TimeProvider time)
{
    /// <summary>The storage's clock may be behind ours.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(5);

    [Function(nameof(GrantUpload)), Needs(CallerRole.Superadmin)]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "api/imports/uploads")] HttpRequest request, CancellationToken cancellationToken)
    {
        var input = HttpInput.Of(request);
        var kind = input.Query.OneOf<ImportKind>("kind").Required();
        var name = input.Query.Value<string>("name", ImportFile.TryParseName, ImportFile.NameRule).Required();
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return await posts.RunAsync(input, () => Guid.NewGuid().ToString("n"), async _ =>
        {
            var now = time.GetUtcNow();
            var expiresAt = now + Limits.UploadAddressLife;
            var url = await files.GrantDropAsync($"{ImportFile.FolderOf(kind)}/{name}", now - ClockSkew, expiresAt, cancellationToken);
            return Answer.Ok(new UploadAddress(url.AbsoluteUri, expiresAt));
        }, cancellationToken);
    }
}

/// <param name="Url">PUT the file there, with the header <c>x-ms-blob-type: BlockBlob</c>.</param>
public sealed record UploadAddress(string Url, DateTimeOffset ExpiresAt);
