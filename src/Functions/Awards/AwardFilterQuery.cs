using CertFunctions.Core;
using CertFunctions.Core.Awards;
using CertFunctions.Core.Directory;
using CertFunctions.Functions.Http.Requests;

namespace CertFunctions.Functions.Awards;

/// <summary>The filters of a list of awards.</summary>
internal static class AwardFilterQuery
{
    public static AwardFilter Read(QueryReader query)
    {
        var status = query.OneOf<AwardStatus>("status").OrNull();
        var from = query.Date("expiresFrom").OrNull();
        var to = query.Date("expiresTo").OrNull();
        if (to < from)
        {
            query.Complain("expiresTo", "must not be before expiresFrom");
        }

        return new AwardFilter(status, from, to);
    }

    /// <returns>Makes the filter; to be called once the request is found free of errors.</returns>
    public static Func<Outcome<AwardFilter>> ReadForCertification(QueryReader query)
    {
        var filter = Read(query);
        var search = query.Text("search").OrNull();
        var active = query.Boolean("active").OrNull();
        var sort = query.OneOf<AwardSort>("sort").OrNull();
        var asOf = query.Date("asOf").OrNull();
        if (asOf is not null && sort is not null)
        {
            query.Complain("sort", "is not taken together with asOf");
        }

        var branch = query.Id("branch").OrNull();
        var group = query.Id("group").OrNull();
        return () => search is not null && sort == AwardSort.ExpiresOn
            ? Rejection.Invalid(ErrorCode.InvalidRequest, "sort", "must be username together with search")
            : filter with
            {
                Search = search,
                AsOf = asOf,
                Active = active,
                Sort = search is null ? sort ?? AwardSort.ExpiresOn : AwardSort.Username,
                MemberOf = MemberSource.Of(branch, group),
            };
    }
}
