using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Certifications;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Answers;
using CertFunctions.Functions.Http.Callers;
using CertFunctions.Functions.Http.Paging;
using CertFunctions.Functions.Http.Requests;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;

namespace CertFunctions.Functions.Pages.NonHolders;

/// <summary>Who is active and lacks a certification; who is selected can be awarded.</summary>
public sealed class ShowNonHolders(CertificationService certifications, NonHolderService nonHolders, Lists lists)
{
    [Function(nameof(ShowNonHolders)), Needs(CallerRole.Auditor), ForBrowsers]
    public async Task<IResult> Run(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "certifications/{code}/missing")] HttpRequest request,
        string code,
        CancellationToken cancellationToken)
    {
        var input = HttpInput.OfPage(request);
        var certificationCode = input.Code(code);
        var (branch, group) = (input.Query.Id("branch").OrNull(), input.Query.Id("group").OrNull());
        var page = await lists.ReadAsync(input, cancellationToken);
        if (input.Refused(out var problem))
        {
            return problem;
        }

        return (await certifications.FindAsync(certificationCode, cancellationToken)).IsDone(out var certification, out var why)
            && (await nonHolders.ListAsync(certificationCode, branch, group, page, cancellationToken)).IsDone(out var found, out why)
            ? PageAnswer.Of<NonHoldersView, NonHolderList>(
                new NonHolderList(certification.Certification, found.Items, branch, group, await ListPlace.OfAsync(lists, input, found, cancellationToken)))
            : Problem.Of(why);
    }
}

/// <param name="Branch">Only those directly in it; null: all.</param>
/// <param name="Group">Only its members; null: all.</param>
public sealed record NonHolderList(Certification Certification, IReadOnlyList<User> Items, LmsId? Branch, LmsId? Group, ListPlace Place);
